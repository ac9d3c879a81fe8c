using SmartFarm.Campaign.Servers;

namespace SmartFarm.Campaign.Cases;

/// <summary>What the scripted broker saw beside the rows.</summary>
internal static class BrokerChecks
{
    public static Outcome Add(Outcome outcome, FakeBroker broker)
    {
        var findings = outcome.Findings.ToList();
        if (broker.Findings.OutOfOrder > 0)
        {
            findings.Add($"{broker.Findings.OutOfOrder} PUBACKs were out of order or for nothing that was sent.");
        }

        if (outcome.Acknowledged != broker.Published)
        {
            findings.Add($"{broker.Published} messages were sent, {outcome.Acknowledged} acknowledged.");
        }

        var note = $"{broker.Findings.Connections} connections, {broker.Findings.Redelivered} sent again";
        return outcome with { Findings = findings, Note = outcome.Note.Length > 0 ? $"{outcome.Note}; {note}" : note };
    }
}
