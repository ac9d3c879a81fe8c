namespace SmartFarm.Spool;

/// <summary>How full a spool is, and what the disk did to it.</summary>
/// <param name="Bytes">Bytes of its files.</param>
/// <param name="Segments">Number of its files.</param>
/// <param name="Damaged">Records that the disk changed, since the folder was made.</param>
/// <param name="Unknown">Commits whose counts were lost that way, since the folder was made.</param>
public sealed record SpoolStats(long Bytes, int Segments, long Damaged, long Unknown);
