using Slipway.Agent.Commands;

return await AgentApplication.RunAsync(args, Console.Out, Console.Error, CancellationToken.None);
