using CsCheck;
using PolicyCompiler.Core.Assertions;
using PolicyCompiler.Core.Graph;
using PolicyCompiler.Core.Model;
using PolicyCompiler.Core.Tables;

namespace PolicyCompiler.Pipeline.Tests;

/// <summary>What the evaluator says of random assertions = what they mean, tried member by member and port by port.</summary>
public sealed class AssertionPropertyTests
{
    private const int PerInput = 6;

    [Fact]
    public void AssertionsAboutNetworkPoliciesMeanWhatTheySay() => Check(Generators.Input, iterations: 200);

    [Fact]
    public void AssertionsAboutAllKindsMeanWhatTheySay() => Check(MixedGenerators.Input, iterations: 200);

    private static string Describe(Assertion assertion) =>
        $"{assertion.Kind} {(assertion.AnySource ? "any " : "")}{Describe(assertion.Source)} -> {(assertion.AnyDestination ? "any " : "")}{Describe(assertion.Destination)} "
        + $"on {string.Join(',', assertion.Ports)} {assertion.Family} because {assertion.Because}";

    private static string Describe(FlowSet set) => set switch
    {
        FlowSet.Union union => $"({string.Join(", ", union.Sets.Select(Describe))})",
        FlowSet.Except except => $"({Describe(except.Set)} except {Describe(except.Without)})",
        _ => set.ToString(),
    };

    private static bool ExcludesName(FlowSet set) => set switch
    {
        FlowSet.Union union => union.Sets.Any(ExcludesName),
        FlowSet.Except except => HasName(except.Without) || ExcludesName(except.Set),
        _ => false,
    };

    private static bool HasName(FlowSet set) => set switch
    {
        FlowSet.DnsName => true,
        FlowSet.Union union => union.Sets.Any(HasName),
        FlowSet.Except except => HasName(except.Set) || HasName(except.Without),
        _ => false,
    };

    private static void Check(Gen<CompilerInput> inputs, int iterations)
    {
        var outcomes = new int[2];
        Gen.Select(inputs, Gen.Bool, AssertionGenerators.Numbers.Array[PerInput]).Sample(
            (input, matchesPods, drawn) =>
            {
                var graph = RuleGraphBuilder.Build(input, new GraphOptions(matchesPods)).Value!;
                if (PolicyTablesBuilder.Build(graph).Value is not { } tables)
                {
                    return;
                }

                var evaluator = new AssertionEvaluator(tables, collectWitnesses: true);
                // Where no policy speaks of names, none tells them from other addresses.
                string[] names = tables.Identities.NamePatterns.IsEmpty ? []
                    : [.. CiliumGenerators.DnsNames, .. tables.Identities.NameClasses.Classes.Where(c => c.Examples.Length == 1).Select(c => c.Examples[0])];
                foreach (var numbers in drawn)
                {
                    var assertion = new AssertionGenerators(graph, numbers).Next();
                    // The reference has no member then that only an excluded name could be.
                    if (names.Length == 0 && (ExcludesName(assertion.Source) || ExcludesName(assertion.Destination)))
                    {
                        continue;
                    }

                    var result = evaluator.Evaluate(assertion);
                    var expected = new ReferenceAssertion(graph, assertion, names).Holds();
                    Assert.True(
                        (expected ?? false) == (result.Outcome == AssertionOutcome.Passed),
                        $"{Describe(assertion)}: meant {expected}, found {result.Outcome} {string.Join(';', result.Diagnostics)}\n{RuleGraphWriter.Write(graph)}");
                    if (expected is { } known)
                    {
                        Interlocked.Increment(ref outcomes[known ? 1 : 0]);
                    }
                }
            },
            iter: iterations);
        Assert.All(outcomes, count => Assert.True(count > iterations / 10, string.Join(' ', outcomes)));
    }
}
