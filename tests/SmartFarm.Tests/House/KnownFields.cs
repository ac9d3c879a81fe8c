using System.Runtime.CompilerServices;
using SmartFarm.Pipeline.Telemetry;
using SmartFarm.Worker.Hosting;

namespace SmartFarm.Tests.House;

/// <summary>Every number that the worker tells about itself: read from the sources themselves.</summary>
internal static class KnownFields
{
    public static IReadOnlyList<WorkerField> Worker { get; } =
    [
        .. new[] { typeof(IWorkerSource).Assembly, typeof(WorkerHost).Assembly }
            .SelectMany(a => a.GetTypes()).Where(t => t.IsClass && t.IsAssignableTo(typeof(IWorkerSource)))
            .SelectMany(FieldsOf),
    ];

    /// <summary>The table of a source does not depend on what it reads, so that nothing need run behind it.</summary>
    private static IReadOnlyList<WorkerField> FieldsOf(Type source)
    {
        var constructor = source.GetConstructors().Single();
        var arguments = constructor.GetParameters().Select(p =>
            p.ParameterType == typeof(WorkerMetrics) ? new WorkerMetrics()
            : p.ParameterType == typeof(TimeProvider) ? TimeProvider.System
            : p.ParameterType.IsClass ? RuntimeHelpers.GetUninitializedObject(p.ParameterType)
            : null).ToArray();
        return ((IWorkerSource)constructor.Invoke(arguments)).Fields;
    }
}
