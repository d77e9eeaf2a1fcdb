using Slipway.Core.Diagnostics;
using Slipway.Core.Failures;
using Slipway.Core.Secrets;
using Slipway.Engine.Files;

namespace Slipway.Tests.Files;

// File modes are what these tests are about, and Windows has none.
[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed class SecretFilesTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("slipway-files-").FullName;

    [Fact]
    public void A_new_secret_is_for_its_owner_only_in_a_folder_for_its_owner_only_and_git_ignores_it()
    {
        var path = Path.Combine(_folder, "prod", "secrets.yaml");
        SecretFiles.Create(path, new Sensitive("a: b\n"));
        Assert.Equal("a: b\n", File.ReadAllText(path));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(Path.GetDirectoryName(path)!));
        Assert.Equal("/secrets.yaml\n", File.ReadAllText(Path.Combine(_folder, "prod", ".gitignore")));
        Assert.Equal([".gitignore", "secrets.yaml"], Directory.GetFiles(Path.GetDirectoryName(path)!).Select(file => Path.GetFileName(file)!).Order());
    }

    [Fact]
    public void What_is_there_is_never_overwritten()
    {
        var path = Path.Combine(_folder, "secrets.yaml");
        SecretFiles.Create(path, new Sensitive("first"));
        var error = Assert.Throws<SlipwayException>(() => SecretFiles.Create(path, new Sensitive("second")));
        Assert.Equal(FailureReason.Unsafe, error.Reason);
        Assert.DoesNotContain("second", error.ToString(), StringComparison.Ordinal);
        Assert.Equal("first", File.ReadAllText(path));
        Assert.Equal(2, Directory.GetFiles(_folder).Length);
    }

    [Fact]
    public void Only_one_of_many_writers_wins()
    {
        var path = Path.Combine(_folder, "secrets.yaml");
        var won = 0;
        Parallel.For(0, 16, i =>
        {
            try
            {
                SecretFiles.Create(path, new Sensitive($"writer {i}"));
                Interlocked.Increment(ref won);
            }
            catch (SlipwayException error) when (error.Reason == FailureReason.Unsafe)
            {
                // Somebody else was first.
            }
        });
        Assert.Equal(1, won);
        Assert.StartsWith("writer ", File.ReadAllText(path), StringComparison.Ordinal);
    }

    [Fact]
    public void Replacing_leaves_the_mode_and_the_users_own_gitignore_alone()
    {
        var path = Path.Combine(_folder, "kubeconfig");
        File.WriteAllText(Path.Combine(_folder, ".gitignore"), "mine");
        SecretFiles.Replace(path, new Sensitive("one"));
        SecretFiles.Replace(path, new Sensitive("two"));
        Assert.Equal("two", File.ReadAllText(path));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
        Assert.Equal("mine\n/kubeconfig\n", File.ReadAllText(Path.Combine(_folder, ".gitignore")));
    }

    [Theory]
    [InlineData(UnixFileMode.UserRead | UnixFileMode.UserWrite, null)]
    [InlineData(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead, "mode 0644")]
    public void Reading_warns_when_others_can_read_it_too(UnixFileMode mode, string? told)
    {
        var path = Path.Combine(_folder, "secrets.yaml");
        SecretFiles.Create(path, new Sensitive("text"));
        File.SetUnixFileMode(path, mode);
        var (content, findings) = SecretFiles.Read(path);
        Assert.Equal("text", content.Reveal());
        if (told is null)
        {
            Assert.Empty(findings);
        }
        else
        {
            var finding = Assert.Single(findings);
            Assert.Equal(Severity.Warning, finding.Severity);
            Assert.Contains(told, finding.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_file_that_is_not_there_and_a_folder_that_is_a_file_are_told_plainly()
    {
        Assert.Equal(FailureReason.BadInput, Assert.Throws<SlipwayException>(() => SecretFiles.Read(Path.Combine(_folder, "none"))).Reason);
        File.WriteAllText(Path.Combine(_folder, "file"), "");
        var error = Assert.Throws<SlipwayException>(() => SecretFiles.Create(Path.Combine(_folder, "file", "secrets.yaml"), new Sensitive("x")));
        Assert.Equal(FailureReason.LocalState, error.Reason);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
