using SmartFarm.Sqlite.Engine;
using Xunit;

namespace SmartFarm.IntegrationTests.Sqlite;

public sealed class Readers_of_a_data_folder
{
    [Fact]
    public async Task Long_answers_to_people_leave_room_for_the_work_inside()
    {
        await using var data = new DataFolder();
        using var readers = new Readers(data.File);
        var all = new List<Task<int>>();
        var (nextLongIsDone, insideIsDone) = (true, false);
        void ReadInsideOneAnother(int left) => all.Add(readers.ReadLongAsync(
            _ =>
            {
                if (left > 1)
                {
                    ReadInsideOneAnother(left - 1);
                    return left;
                }

                all.Add(readers.ReadLongAsync(_ => 0, default).AsTask());
                nextLongIsDone = all[^1].IsCompleted;
                all.Add(readers.ReadAsync(_ => 0, default).AsTask());
                insideIsDone = all[^1].IsCompletedSuccessfully;
                return left;
            },
            default).AsTask());

        ReadInsideOneAnother(Readers.LongLimit);

        await Task.WhenAll(all).WaitAsync(TimeSpan.FromSeconds(30));
        Assert.Equal((false, true), (nextLongIsDone, insideIsDone));
    }
}
