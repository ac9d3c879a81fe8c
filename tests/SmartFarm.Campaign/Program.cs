using SmartFarm.Campaign;

return await CampaignCli.RunAsync(args);
