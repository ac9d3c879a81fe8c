using SmartFarm.Pipeline.Intake;
using Xunit;

namespace SmartFarm.Tests.Pipeline;

public sealed class The_duplicate_window
{
    /// <summary>Against a queue and a set, over three times its size; with few different values, so that they collide, repeat and come again after they were forgotten.</summary>
    [Theory]
    [InlineData(1, 150_000)]
    [InlineData(2, 1_000_000)]
    [InlineData(3, int.MaxValue)]
    public void Knows_the_newest_and_forgets_the_oldest(int seed, int values)
    {
        var random = new Random(seed);
        var window = new DuplicateWindow();
        var order = new Queue<ulong>();
        var known = new HashSet<ulong>();
        for (var i = 0; i < DuplicateWindow.Capacity * 3; i++)
        {
            // Neighbouring values fall into neighbouring slots: the longest runs that there can be.
            var value = (ulong)random.Next(values) + 1;
            var isNew = known.Add(value);
            Assert.Equal(isNew, window.TryAdd(value));
            if (isNew)
            {
                order.Enqueue(value);
                if (order.Count > DuplicateWindow.Capacity)
                {
                    known.Remove(order.Dequeue());
                }
            }
        }
    }

    [Fact]
    public void Takes_zero_as_a_value_like_others()
    {
        var window = new DuplicateWindow();
        Assert.True(window.TryAdd(0));
        Assert.False(window.TryAdd(0));
    }
}
