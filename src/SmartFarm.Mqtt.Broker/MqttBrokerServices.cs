using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace SmartFarm.Mqtt.Broker;

/// <summary>Registers the embedded broker.</summary>
public static class MqttBrokerServices
{
    /// <summary>
    /// Adds one <see cref="MqttBroker"/> and its <see cref="MqttBrokerConnectionHandler"/>. It uses the registered <see cref="TimeProvider"/>,
    /// or the system's, and tells every registered <see cref="IMqttBrokerEvents"/>.
    /// </summary>
    public static IServiceCollection AddMqttBroker(this IServiceCollection services, MqttBrokerOptions options)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(options);
        services.AddSingleton<MqttBroker>();
        services.AddSingleton<MqttBrokerConnectionHandler>();
        return services;
    }
}
