using PolicyCompiler.Benchmarks;
using PolicyCompiler.Benchmarks.Compiling;
using PolicyCompiler.Benchmarks.Datapath;

return args switch
{
    ["datapath"] => DatapathBenchmark.Run(),
    ["compile", var generator] => CompileBenchmark.Run(generator),
    ["startup"] => StartupBenchmark.Run(),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("usage: PolicyCompiler.Benchmarks datapath | compile GENERATOR.py | startup");
    return 2;
}
