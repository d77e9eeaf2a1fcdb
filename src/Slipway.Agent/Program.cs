Console.Error.WriteLine("xdp-agent: nothing to do yet");
return 1;
