# slipway as a container: the published program on the ASP.NET runtime, as a user without rights.
#
#   docker build --build-arg HELM=.tools/bin/helm -t slipway .
#   docker run --rm -v "$PWD:/work" slipway plan -f cluster.yaml
#
# HELM is the path of a helm 4 program inside the build context; './run' leaves one at .tools/bin/helm.
FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
WORKDIR /source
COPY . .
RUN dotnet publish src/Slipway.Cli/Slipway.Cli.csproj -c Release -r linux-x64 --self-contained false -o /out

FROM mcr.microsoft.com/dotnet/aspnet:10.0
ARG HELM=.tools/bin/helm
COPY --from=build /out /opt/slipway
COPY --chmod=0755 ${HELM} /opt/slipway/tools/helm
ENV SLIPWAY_HELM=/opt/slipway/tools/helm
# The images of .NET carry this user; state goes to the mounted folder, which has to be writable for it.
USER $APP_UID
WORKDIR /work
ENTRYPOINT ["/opt/slipway/slipway"]
