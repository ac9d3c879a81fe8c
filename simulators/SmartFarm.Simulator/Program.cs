return SmartFarm.Simulator.SimulatorCli.Run(args);
