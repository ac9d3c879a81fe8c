# Worker and simulator. Built from source with the SDK image, run on the ASP.NET Core image as a user without rights.
#   docker build --target worker .        docker build --target simulator .
FROM mcr.microsoft.com/dotnet/sdk:10.0.401-noble AS source
WORKDIR /build
COPY Directory.Build.props .editorconfig ./
COPY src/ src/
COPY simulators/ simulators/
COPY farm/ farm/

FROM source AS build-worker
RUN dotnet publish src/SmartFarm.Worker -c Release -o /out -p:UseAppHost=false

FROM source AS build-simulator
RUN dotnet publish simulators/SmartFarm.Simulator -c Release -o /out -p:UseAppHost=false

# Whether it is well depends on the broker it is told to speak to: see docker-compose.yml.
FROM mcr.microsoft.com/dotnet/aspnet:10.0.12-noble AS simulator
WORKDIR /app
COPY --from=build-simulator /out ./
USER $APP_UID
ENV DOTNET_gcServer=0
ENTRYPOINT ["dotnet", "smartfarm-sim.dll"]
CMD ["--help"]

FROM mcr.microsoft.com/dotnet/aspnet:10.0.12-noble AS worker
WORKDIR /app
COPY --from=build-worker /out ./
COPY farm/ farm/
# A volume made on /data takes over this owner.
RUN install -d -o "$APP_UID" -g "$APP_UID" -m 0700 /data
USER $APP_UID
ENV SmartFarm__Data__Directory=/data \
    SmartFarm__Http__Address=0.0.0.0 \
    DOTNET_gcServer=0
VOLUME /data
EXPOSE 8080
# 200 while readings can be taken and kept. Asked with bash alone: the image has neither curl nor wget. Not with `doctor`, which starts a runtime each time.
HEALTHCHECK --interval=15s --timeout=5s --start-period=30s --retries=4 \
  CMD ["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/${SmartFarm__Http__Port:-8080} && printf 'GET /health/ready HTTP/1.0\\r\\nHost: localhost\\r\\n\\r\\n' >&3 && read -r -t 4 answer <&3 && [[ $answer == *' 200 '* ]]"]
ENTRYPOINT ["dotnet", "smartfarm.dll"]
CMD ["run"]
