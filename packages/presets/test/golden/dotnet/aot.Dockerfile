ARG DOTNET_VERSION=10.0

FROM mcr.microsoft.com/dotnet/sdk:${DOTNET_VERSION}-noble-aot AS build
WORKDIR /src
COPY Api.csproj ./Api.csproj
COPY Directory.Packages.props ./Directory.Packages.props
RUN --mount=type=cache,id=nuget,target=/root/.nuget/packages \
    dotnet restore -p:PublishAot=true Api.csproj
COPY . .
ARG SOURCE_DATE_EPOCH=0
RUN --mount=type=cache,id=nuget,target=/root/.nuget/packages \
    dotnet publish --no-restore -c Release -p:PublishAot=true -o /out/app Api.csproj \
    && rm -f /out/app/*.dbg /out/app/*.Development.json \
    && find /out -exec touch -h -d "@$SOURCE_DATE_EPOCH" {} +

FROM mcr.microsoft.com/dotnet/runtime-deps:10.0-noble-chiseled
COPY --from=build /out/ /
WORKDIR /app
EXPOSE 8080
ENTRYPOINT ["/app/Api"]
