using System.Text.Json;
using Slipway.Core.Failures;
using Slipway.Core.Planning;
using Slipway.Engine.Files;

namespace Slipway.Engine.Journaling;

/// <summary>bootstrap.json: on which node etcd was, or may have been, bootstrapped.</summary>
public sealed class BootstrapFile(StateFolder folder)
{
    public BootstrapRecord? Read()
    {
        if (!File.Exists(folder.BootstrapRecord))
        {
            return null;
        }

        try
        {
            return JsonSerializer.Deserialize<BootstrapRecord>(File.ReadAllText(folder.BootstrapRecord), FileJournal.Json)
                ?? throw new JsonException("the file is empty");
        }
        catch (Exception error) when (error is JsonException or IOException or UnauthorizedAccessException)
        {
            // Going on without it could bootstrap a second etcd cluster.
            throw new SlipwayException(FailureReason.LocalState, $"cannot read {folder.BootstrapRecord}: {error.Message}", error)
            {
                Expected = "the record of where etcd was bootstrapped",
                Hint = "restore the file; or, when etcd surely has no member on any node, delete it",
            };
        }
    }

    public void Write(BootstrapRecord record) =>
        PrivateFiles.Write(folder.BootstrapRecord, JsonSerializer.Serialize(record, FileJournal.Json));
}
