using Microsoft.Extensions.Time.Testing;
using Slipway.Engine.Journaling;
using Slipway.Engine.Ports;

namespace Slipway.Tests.Engine.Journaling;

public sealed class FileJournalTests : IDisposable
{
    private readonly StateFolder _folder = new(Path.Combine(Path.GetTempPath(), "slipway-journal-" + Guid.NewGuid().ToString("N")));
    private readonly FakeTimeProvider _time = new();

    public void Dispose() => Directory.Delete(_folder.Path, recursive: true);

    [Fact]
    public void What_was_intended_and_not_finished_is_told_to_the_next_run()
    {
        EffectId open;
        using (var journal = FileJournal.Start(_folder, _time))
        {
            journal.Done(journal.Intend("workers", "w1", "install"));
            open = journal.Intend("workers", "w2", "install");
            journal.Failed(journal.Intend("workers", "w3", "install"), "disk full");
        }

        var last = JournalReader.Last(_folder)!;

        Assert.Equal(3, last.Effects);
        Assert.Equal("w2", Assert.Single(last.Unfinished).Target);
        Assert.Equal(open.Number, last.Unfinished[0].Effect);
        Assert.False(last.Finished);
    }

    [Fact]
    public void A_line_cut_off_at_any_byte_loses_only_itself()
    {
        string path;
        using (var journal = FileJournal.Start(_folder, _time))
        {
            journal.Done(journal.Intend("workers", "w1", "install"));
            journal.Intend("workers", "w2", "install");
            path = Path.Combine(journal.Folder, FileJournal.FileName);
        }

        var whole = File.ReadAllBytes(path);
        var lastLine = whole.AsSpan(..^1).LastIndexOf((byte)'\n') + 1;
        for (var cut = lastLine + 1; cut < whole.Length - 1; cut++)
        {
            File.WriteAllBytes(path, whole[..cut]);
            var last = JournalReader.Last(_folder)!;
            Assert.Equal((1, 1, 0), (last.Effects, last.DamagedLines, last.Unfinished.Count));
        }
    }

    [Fact]
    public void Every_run_has_a_folder_of_its_own_though_they_start_in_the_same_second()
    {
        using var first = FileJournal.Start(_folder, _time);
        using var second = FileJournal.Start(_folder, _time);
        second.Note("x", "y");

        Assert.NotEqual(first.Folder, second.Folder);
        Assert.Equal(second.Folder, JournalReader.Last(_folder)!.Folder);
    }

    [Fact]
    public void Nobody_else_may_read_what_a_run_keeps()
    {
        using var journal = FileJournal.Start(_folder, _time);
        journal.Keep("configs/cp1.after.yaml", "token: secret");
        journal.Intend("workers", "w1", "install");

        foreach (var file in Directory.EnumerateFiles(_folder.Path, "*", SearchOption.AllDirectories))
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        }

        foreach (var folder in Directory.EnumerateDirectories(_folder.Path, "*", SearchOption.AllDirectories).Append(_folder.Path))
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(folder));
        }
    }

    [Fact]
    public void A_second_run_at_the_same_time_is_refused()
    {
        using (RunLock.Take(_folder))
        {
            Assert.Throws<Slipway.Core.Failures.SlipwayException>(() => RunLock.Take(_folder));
        }

        RunLock.Take(_folder).Dispose();
    }

    [Fact]
    public void A_damaged_record_of_the_bootstrap_stops_the_run_instead_of_being_forgotten()
    {
        var file = new BootstrapFile(_folder);
        file.Write(new Slipway.Core.Planning.BootstrapRecord("cp1", Confirmed: true));
        Assert.Equal(new Slipway.Core.Planning.BootstrapRecord("cp1", Confirmed: true), file.Read());

        File.WriteAllText(Path.Combine(_folder.Path, "bootstrap.json"), "{\"node\":");

        Assert.Throws<Slipway.Core.Failures.SlipwayException>(file.Read);
    }
}
