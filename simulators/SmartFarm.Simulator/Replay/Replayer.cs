using System.Buffers;
using SmartFarm.Domain.Wire;
using SmartFarm.Mqtt;
using SmartFarm.Payloads.Native;

namespace SmartFarm.Simulator.Replay;

/// <summary>
/// Sends a recording as the devices would have sent it: native telemetry at QoS 1 with the recorded times, at a chosen speed.
/// Never has more than a window of unacknowledged messages open, so a slow broker slows it down.
/// </summary>
/// <param name="path">The CSV file.</param>
/// <param name="map">Its columns.</param>
/// <param name="options">What of it, and how fast.</param>
/// <param name="publish">Publishes one message and completes when it is acknowledged.</param>
/// <param name="time">The clock.</param>
public sealed class Replayer(
    string path, ColumnMap map, ReplayOptions options, Func<MqttMessage, CancellationToken, ValueTask> publish, TimeProvider time)
{
    private readonly NativeTopics _topics = new(options.Root);
    private readonly Dictionary<string, long> _seq = new(StringComparer.Ordinal);
    private RecordingSurvey? _survey;

    /// <summary>Looks through the recording, so that what is wrong with it is known before anything is sent.</summary>
    /// <exception cref="SimulatorException">The recording cannot be read, or has no row in the chosen span.</exception>
    public void Survey()
    {
        _survey = RecordingSurvey.Of(Chosen(new RecordingFaults()));
        if (_survey.Rows == 0)
        {
            throw new SimulatorException($"The recording '{path}' has no row in the chosen span; choose another with --from and --to.");
        }
    }

    /// <summary>Sends it all, after <see cref="Survey"/> when that was not done yet.</summary>
    /// <exception cref="SimulatorException">As <see cref="Survey"/>.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; what was sent stays sent.</exception>
    public async Task<ReplaySummary> RunAsync(IProgress<ReplayProgress>? progress, CancellationToken cancellationToken)
    {
        if (_survey is null)
        {
            Survey();
        }

        var survey = _survey!;
        var faults = new RecordingFaults();
        var start = time.GetTimestamp();
        var shift = Shift(survey);
        var (rows, messages, readings, emptyRows) = (0L, 0L, 0L, 0L);
        using var window = new AckWindow(publish, options.Window);
        foreach (var row in Chosen(faults))
        {
            await WaitUntilAsync((row.Time - survey.First) / options.Speed, start, cancellationToken);
            foreach (var device in row.Values.GroupBy(value => value.Column.Device))
            {
                await window.PublishAsync(Message(device, row.Time + shift), cancellationToken);
                messages++;
            }

            readings += row.Values.Count;
            emptyRows += row.Values.Count == 0 ? 1 : 0;
            rows++;
            progress?.Report(new ReplayProgress(rows, survey.Rows, row.Time));
        }

        await window.DrainAsync(cancellationToken);
        return new ReplaySummary(
            rows, messages, readings, window.Acknowledged, window.Refused, emptyRows, faults.EmptyCells, faults.BadCells, faults.BadRows, [.. Warnings(survey, faults, window)]);
    }

    private static IEnumerable<string> Warnings(RecordingSurvey survey, RecordingFaults faults, AckWindow window)
    {
        if (survey.RepeatedTimes > 0)
        {
            yield return $"{survey.RepeatedTimes} rows have the time of an earlier row: a database keeps one of each.";
        }

        if (survey.BackwardTimes > 0)
        {
            yield return $"{survey.BackwardTimes} rows lie before the row above them; they were sent in the order of the file.";
        }

        if (faults.FirstBadRow is not null)
        {
            yield return $"{faults.BadRows} rows have no time that can be read and were not sent. {faults.FirstBadRow}";
        }

        if (faults.FirstBadCell is not null)
        {
            yield return $"{faults.BadCells} cells hold no number and were not sent. {faults.FirstBadCell}";
        }

        if (window.FirstRefusal is not null)
        {
            yield return $"The broker refused {window.Refused} messages. {window.FirstRefusal}";
        }
    }

    private IEnumerable<RecordedRow> Chosen(RecordingFaults faults) =>
        new CsvRecording(path, map).Rows(options.From, options.To, faults);

    /// <summary>At speed N a recording of length D is sent within D/N, so its last row is sent at now + D/N and bears that time; every other row lies in the past when sent.</summary>
    private TimeSpan Shift(RecordingSurvey survey) => options.ShiftToNow
        ? time.GetUtcNow() + ((survey.Last - survey.First) / options.Speed) - survey.Last
        : TimeSpan.Zero;

    private async ValueTask WaitUntilAsync(TimeSpan due, long start, CancellationToken cancellationToken)
    {
        var wait = due - time.GetElapsedTime(start);
        if (wait > TimeSpan.Zero)
        {
            await Task.Delay(wait, time, cancellationToken);
        }
    }

    private MqttMessage Message(IGrouping<string, (ValueColumn Column, double Value)> device, DateTimeOffset timestamp)
    {
        var seq = _seq[device.Key] = _seq.GetValueOrDefault(device.Key) + 1;
        var values = device.Select(value => KeyValuePair.Create(value.Column.Quantity, value.Value)).ToArray();
        var payload = new ArrayBufferWriter<byte>(256);
        NativeTelemetry.Write(payload, timestamp, seq, position: null, values);
        return new MqttMessage(_topics.Telemetry(map.Site, device.Key), payload.WrittenMemory);
    }
}
