using Google.Protobuf;

namespace Slipway.Talos.Api;

/// <param name="Payload">Such as <see cref="Wire.Machine.SequenceEvent"/> or <see cref="Wire.Machine.MachineStatusEvent"/>.</param>
public sealed record NodeEvent(string Id, string ActorId, IMessage Payload);
