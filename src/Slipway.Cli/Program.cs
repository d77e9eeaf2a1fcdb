using Slipway.Cli;

return await new CliApplication(CliEnvironment.OfProcess()).RunAsync(args);
