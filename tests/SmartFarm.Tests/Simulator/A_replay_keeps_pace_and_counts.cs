using System.Text.Json;
using SmartFarm.Mqtt;
using SmartFarm.Simulator;
using SmartFarm.Simulator.Replay;
using SmartFarm.Testing;
using Xunit;

namespace SmartFarm.Tests.Simulator;

public sealed class A_replay_keeps_pace_and_counts : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly TestTimeProvider _time = new();
    private readonly List<(MqttMessage Message, DateTimeOffset At)> _published = [];

    public A_replay_keeps_pace_and_counts()
    {
        File.WriteAllText(_folder.File("map.yaml"), "site: s\ndevice: d\ntime: { column: t, format: yyyy-MM-dd HH:mm }\ncolumns:\n  T: { quantity: air_temperature }\n");
        File.WriteAllLines(_folder.File("data.csv"), ["t,T", "2022-02-14 00:00,1", "2022-02-14 00:10,2", "2022-02-14 00:20,3"]);
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Ten_minutes_of_recording_at_speed_ten_take_one_minute()
    {
        var start = _time.GetUtcNow();

        var summary = await RunAsync(new ReplayOptions { Speed = 10 });

        Assert.Equal([0, 60, 120], _published.Select(p => (p.At - start).TotalSeconds));
        Assert.Equal(["2022-02-14T00:00:00.000Z", "2022-02-14T00:10:00.000Z", "2022-02-14T00:20:00.000Z"], Timestamps());
        Assert.Equal((3L, 3L, 3L, 3L), (summary.Rows, summary.Messages, summary.Readings, summary.Acknowledged));
        Assert.Empty(summary.Warnings);
    }

    [Fact]
    public async Task Shifted_to_now_the_last_row_bears_the_time_at_which_it_is_sent_and_none_lies_in_the_future()
    {
        await RunAsync(new ReplayOptions { Speed = 10, ShiftToNow = true });

        var lags = _published.Zip(Timestamps(), (p, ts) => p.At - DateTimeOffset.Parse(ts!)).ToList();
        Assert.Equal(TimeSpan.Zero, lags[^1]);
        Assert.All(lags, lag => Assert.True(lag >= TimeSpan.Zero));
    }

    [Fact]
    public async Task At_full_speed_nothing_waits_for_the_clock()
    {
        var start = _time.GetUtcNow();

        await RunAsync(new ReplayOptions { Speed = double.PositiveInfinity });

        Assert.All(_published, p => Assert.Equal(start, p.At));
    }

    [Fact]
    public async Task No_more_than_the_window_is_ever_unacknowledged()
    {
        File.WriteAllLines(_folder.File("data.csv"), ["t,T", .. Enumerable.Range(0, 60).Select(minute => $"2022-02-14 00:{minute:00},1")]);
        var open = new Queue<TaskCompletionSource>();
        var most = 0;
        var full = new TaskCompletionSource();
        var replay = Replayer(new ReplayOptions { Speed = double.PositiveInfinity, Window = 4 }, (_, _) =>
        {
            var acknowledgement = new TaskCompletionSource();
            lock (open)
            {
                open.Enqueue(acknowledgement);
                most = Math.Max(most, open.Count);
                if (open.Count == 4)
                {
                    full.TrySetResult();
                }
            }

            return new ValueTask(acknowledgement.Task);
        }).RunAsync(null, TestContext.Current.CancellationToken);

        await full.Task;
        while (!replay.IsCompleted)
        {
            lock (open)
            {
                if (open.TryDequeue(out var acknowledgement))
                {
                    acknowledgement.SetResult();
                }
            }

            await Task.Yield();
        }

        Assert.Equal(60, (await replay).Acknowledged);
        Assert.Equal(4, most);
    }

    [Fact]
    public async Task What_the_broker_refuses_is_counted_and_told()
    {
        var summary = await Replayer(
            new ReplayOptions { Speed = double.PositiveInfinity },
            (message, _) => message.Payload.Span.IndexOf("\"seq\":2"u8) >= 0 ? throw new MqttPublishException("Not authorized.", 0x87) : ValueTask.CompletedTask)
            .RunAsync(null, TestContext.Current.CancellationToken);

        Assert.Equal((3L, 2L, 1L), (summary.Messages, summary.Acknowledged, summary.Refused));
        Assert.Equal("The broker refused 1 messages. Not authorized.", Assert.Single(summary.Warnings));
    }

    [Fact]
    public async Task A_broker_that_is_lost_for_good_ends_the_replay()
    {
        var replay = Replayer(new ReplayOptions { Speed = double.PositiveInfinity }, (_, _) => throw new MqttSessionException("Refused for good."));

        await Assert.ThrowsAsync<MqttSessionException>(() => replay.RunAsync(null, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Rows_that_collapse_into_one_timestamp_are_warned_of()
    {
        File.WriteAllLines(_folder.File("data.csv"), ["t,T", "2022-02-14 00:00,1", "2022-02-14 00:00,2"]);

        var summary = await RunAsync(new ReplayOptions());

        Assert.Equal(2, summary.Acknowledged);
        Assert.Contains("1 rows have the time of an earlier row", Assert.Single(summary.Warnings));
    }

    [Fact]
    public void A_span_without_rows_is_said_before_anything_is_sent()
    {
        var replay = Replayer(new ReplayOptions { From = new DateTimeOffset(2023, 1, 1, 0, 0, 0, TimeSpan.Zero) }, (_, _) => ValueTask.CompletedTask);

        Assert.Contains("no row in the chosen span", Assert.Throws<SimulatorException>(replay.Survey).Message);
    }

    private async Task<ReplaySummary> RunAsync(ReplayOptions options)
    {
        var replay = Replayer(options, (message, _) =>
        {
            _published.Add((message, _time.GetUtcNow()));
            return ValueTask.CompletedTask;
        }).RunAsync(null, TestContext.Current.CancellationToken);
        while (!replay.IsCompleted)
        {
            if (_time.ActiveTimers > 0)
            {
                _time.Advance(TimeSpan.FromSeconds(1));
            }

            await Task.Yield();
        }

        return await replay;
    }

    private Replayer Replayer(ReplayOptions options, Func<MqttMessage, CancellationToken, ValueTask> publish) =>
        new(_folder.File("data.csv"), ColumnMapReader.Load(_folder.File("map.yaml")), options, publish, _time);

    private IEnumerable<string?> Timestamps() =>
        _published.Select(p => JsonDocument.Parse(p.Message.Payload).RootElement.GetProperty("ts").GetString());
}
