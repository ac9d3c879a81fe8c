using System.CommandLine;

namespace SmartFarm.Worker.Cli.Rules;

/// <summary><c>smartfarm rules …</c>: writing, trying and running automation rules. The one place where its subcommands are listed.</summary>
internal static class RulesCommand
{
    public static Command Create() => new("rules", "Write, test, replay, compare and explain automation rules.")
    {
        NewCommand.Create(),
        LintCommand.Create(),
        TestCommand.Create(),
        ReplayCommand.Create(),
        WhatIfCommand.Create(),
        ProveCommand.Create(),
        PublishCommand.Create(),
        VersionsCommand.Create(),
        ShadowCommand.Create(),
        MoveCommands.Promote(),
        MoveCommands.RollBack(),
        ExplainCommand.Create(),
    };
}
