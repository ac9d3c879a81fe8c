return SmartFarm.Worker.WorkerCli.Run(args);
