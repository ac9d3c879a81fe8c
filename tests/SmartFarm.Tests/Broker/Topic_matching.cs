using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using SmartFarm.Mqtt.Broker.Matching;
using SmartFarm.Mqtt.Broker.Routing;
using SmartFarm.Testing;
using Xunit;

namespace SmartFarm.Tests.Broker;

/// <summary>Topic names against topic filters: MQTT 5 §4.7.</summary>
public sealed class Topic_matching
{
    public sealed record Case(string Filter, string Topic, bool Matches);

    public static TheoryData<Case> Cases =>
        [.. JsonSerializer.Deserialize<Case[]>(File.ReadAllText(Repository.PathOf("tests", "cases", "broker", "topic_matching.json")), JsonSerializerOptions.Web)!];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Cases_of_the_standard(Case c)
    {
        Assert.Equal(c.Matches, FindsSubscriber(c.Filter, c.Topic));
        Assert.Equal(c.Matches, FindsRetained(c.Filter, c.Topic));
    }

    [Fact]
    public void The_tree_finds_what_a_naive_matcher_finds()
    {
        var level = Gen.Elements("a", "b", "", "$x", "+");
        var topic = level.Where(l => l != "+").NonEmptyListOf().Select(levels => string.Join('/', levels.Take(5))).Where(t => t.Length > 0);
        var filter = level.NonEmptyListOf().SelectMany(levels => Gen.Elements("", "/#").Select(end => string.Join('/', levels.Take(5)) + end))
            .Where(f => f.Length > 0).Select(f => f == "+/#" ? "#" : f);
        var both = filter.NonEmptyListOf().SelectMany(filters => topic.NonEmptyListOf().Select(topics => (filters.ToArray(), topics.ToArray())));

        Prop.ForAll(both.ToArbitrary(), pair =>
        {
            var (filters, topics) = pair;
            var tree = new SubscriptionTree<string>();
            Array.ForEach(filters, f => tree.Add(Utf8(f), f));
            var agree = topics.All(t => Find(tree, t).SequenceEqual(filters.Where(f => NaiveMatch(f, t)).Order(StringComparer.Ordinal)));
            Array.ForEach(filters, f => tree.Remove(Utf8(f), f));
            return agree && tree.Count == 0 && topics.All(t => Find(tree, t).Length == 0);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(2000));
    }

    [Fact]
    public void Retained_messages_are_found_as_a_naive_matcher_finds_them()
    {
        var level = Gen.Elements("a", "b", "", "$x");
        var topic = level.NonEmptyListOf().Select(levels => string.Join('/', levels.Take(4))).Where(t => t.Length > 0);
        var filter = Gen.Elements("a", "b", "", "+").NonEmptyListOf().SelectMany(levels => Gen.Elements("", "/#").Select(end => string.Join('/', levels.Take(4)) + end))
            .Where(f => f.Length > 0);

        Prop.ForAll(topic.NonEmptyListOf().SelectMany(topics => filter.Select(f => (topics.ToArray(), f))).ToArbitrary(), pair =>
        {
            var (topics, f) = pair;
            var store = new RetainedStore(1000, 1_000_000);
            Array.ForEach(topics, t => store.Set(new BrokerMessage(Utf8(t), "x"u8, [])));
            var found = new List<BrokerMessage>();
            store.Match(Utf8(f), 0, found);
            var agree = found.Select(m => Encoding.UTF8.GetString(m.Topic)).Order(StringComparer.Ordinal)
                .SequenceEqual(topics.Distinct().Where(t => NaiveMatch(f, t)).Order(StringComparer.Ordinal));
            Array.ForEach(topics, t => store.Remove(Utf8(t)));
            return agree && store is { Count: 0, Bytes: 0 };
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(2000));
    }

    private static bool NaiveMatch(string filter, string topic)
    {
        if (topic[0] == '$' && filter[0] is '+' or '#' && topic[0] == '$')
        {
            return false;
        }

        var (f, t) = (filter.Split('/'), topic.Split('/'));
        for (var i = 0; i < f.Length; i++)
        {
            if (f[i] == "#")
            {
                return true;
            }

            if (i >= t.Length || (f[i] != "+" && f[i] != t[i]))
            {
                return false;
            }
        }

        return f.Length == t.Length;
    }

    private static bool FindsSubscriber(string filter, string topic)
    {
        var tree = new SubscriptionTree<string>();
        tree.Add(Utf8(filter), "s");
        return Find(tree, topic).Length == 1;
    }

    private static bool FindsRetained(string filter, string topic)
    {
        var store = new RetainedStore(10, 10_000);
        store.Set(new BrokerMessage(Utf8(topic), "x"u8, []));
        var found = new List<BrokerMessage>();
        store.Match(Utf8(filter), 0, found);
        return found.Count == 1;
    }

    private static string[] Find(SubscriptionTree<string> tree, string topic)
    {
        var found = new List<string>();
        tree.Match(Utf8(topic), found);
        return [.. found.Order(StringComparer.Ordinal)];
    }

    private static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);
}
