using SmartFarm.Worker.Cli;
using SmartFarm.Worker.Settings;

namespace SmartFarm.Worker.Diagnosis;

/// <summary>The ports that the worker listens on are free, or it is the worker that has them.</summary>
internal sealed class PortExamination : IExamination
{
    public string Name => "ports";

    public async Task<Finding> ExamineAsync(SmartFarmSettings settings, TimeProvider clock, CancellationToken cancellationToken)
    {
        using var worker = new RunningWorker(settings.Http);
        if (await worker.AnswersAsync(clock, cancellationToken))
        {
            return Finding.Well($"a worker answers at {worker.Address}.");
        }

        (int Port, string Name)[] ports = [(settings.Http.Port, "SmartFarm__Http__Port"), .. settings.Broker.Enabled ? [(settings.Broker.Port, "SmartFarm__Broker__Port")] : Array.Empty<(int, string)>()];
        foreach (var (port, name) in ports)
        {
            if (Processes.ListenerOn(port) is (true, var by))
            {
                return Finding.Mend($"Port {port} ({name}) is in use by {by ?? "a process of another user"}: stop it, or choose another port.");
            }
        }

        return Finding.Well($"{string.Join(" and ", ports.Select(p => p.Port))} free.");
    }
}
