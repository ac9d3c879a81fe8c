using Microsoft.Extensions.Logging.Abstractions;
using SmartFarm.Mqtt;

namespace SmartFarm.Tests.Mqtt.Fakes;

internal static class Sessions
{
    public static MqttSession Start(MqttSessionOptions options, IMqttReceiver? receiver = null, TimeProvider? time = null)
    {
        var session = new MqttSession(options, receiver, time ?? TimeProvider.System, NullLogger<MqttSession>.Instance);
        session.Start();
        return session;
    }

    /// <summary>Waits until the session is in a state.</summary>
    public static async Task<MqttSessionStatus> WaitForAsync(this IMqttSession session, MqttSessionState state)
    {
        var reached = new TaskCompletionSource<MqttSessionStatus>(TaskCreationOptions.RunContinuationsAsynchronously);
        void Look(MqttSessionStatus status)
        {
            if (status.State == state)
            {
                reached.TrySetResult(status);
            }
        }

        session.StatusChanged += Look;
        Look(session.Status);
        return await reached.Task.WaitAsync(FakeConnection.Patience);
    }

    /// <summary>Waits until the session gives a reason that has one of those words in it.</summary>
    public static async Task<string> WaitForReasonAsync(this IMqttSession session, params string[] words)
    {
        var reached = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        void Look(MqttSessionStatus status)
        {
            if (Array.Exists(words, word => status.Reason.Contains(word, StringComparison.Ordinal)))
            {
                reached.TrySetResult(status.Reason);
            }
        }

        session.StatusChanged += Look;
        Look(session.Status);
        return await reached.Task.WaitAsync(FakeConnection.Patience);
    }
}
