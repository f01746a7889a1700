ARG DOTNET_VERSION=10.0

FROM --platform=${BUILDPLATFORM} mcr.microsoft.com/dotnet/sdk:${DOTNET_VERSION}-noble AS build
WORKDIR /src
ARG TARGETARCH
COPY Api.csproj ./Api.csproj
COPY Directory.Packages.props ./Directory.Packages.props
RUN --mount=type=cache,id=nuget,target=/root/.nuget/packages \
    dotnet restore -a $TARGETARCH Api.csproj
COPY . .
ARG SOURCE_DATE_EPOCH=0
RUN --mount=type=cache,id=nuget,target=/root/.nuget/packages \
    dotnet publish --no-restore -c Release -a $TARGETARCH --self-contained false -o /out/app Api.csproj \
    && find /out -exec touch -h -d "@$SOURCE_DATE_EPOCH" {} +

FROM mcr.microsoft.com/dotnet/aspnet:10.0-noble-chiseled-composite
COPY --from=build /out/ /
WORKDIR /app
EXPOSE 8080
ENTRYPOINT ["/app/Api"]
