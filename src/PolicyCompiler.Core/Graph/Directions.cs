namespace PolicyCompiler.Core.Graph;

public static class Directions
{
    public static IReadOnlyList<Direction> All { get; } = [Direction.Ingress, Direction.Egress];

    /// <summary><c>ingress</c> or <c>egress</c>, as policies spell it.</summary>
    public static string Word(this Direction direction) => direction == Direction.Ingress ? "ingress" : "egress";
}
