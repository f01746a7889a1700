ARG ELIXIR_VERSION=1.20.3
ARG OTP_VERSION=28.1
ARG DEBIAN_VERSION=trixie-20260818

FROM hexpm/elixir:${ELIXIR_VERSION}-erlang-${OTP_VERSION}-debian-${DEBIAN_VERSION}-slim AS build
RUN apt-get update \
    && apt-get install -y --no-install-recommends build-essential git \
    && rm -rf /var/lib/apt/lists/* /var/cache/apt/*.bin
WORKDIR /app
RUN mix local.hex --force \
    && mix local.rebar --force
ENV MIX_ENV=prod
COPY mix.exs mix.lock ./
RUN mix deps.get --only prod
RUN mix deps.compile
RUN mix compile
ARG SOURCE_DATE_EPOCH=0
RUN mix release --path /out/app shop \
    && find /out -exec touch -h -d "@$SOURCE_DATE_EPOCH" {} +

FROM debian:13-slim AS certificates
RUN apt-get update \
    && apt-get install -y --no-install-recommends ca-certificates \
    && rm -rf /var/lib/apt/lists/* /var/cache/apt/*.bin
COPY certs/corp.pem /usr/local/share/ca-certificates/extra/
RUN for file in /usr/local/share/ca-certificates/extra/*; do mv "$file" "${file%.*}.crt"; done \
    && update-ca-certificates

FROM busybox:1.37 AS directories
RUN mkdir -p /out/data

FROM debian:${DEBIAN_VERSION}-slim
RUN apt-get update \
    && apt-get install -y --no-install-recommends ca-certificates libncurses6 libstdc++6 openssl \
    && rm -rf /var/lib/apt/lists/* /var/cache/apt/*.bin
ENV LANG=C.UTF-8 \
    MIX_ENV=prod
COPY --from=build /out/ /
WORKDIR /app
COPY --from=certificates /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/ca-certificates.crt
ENV SSL_CERT_FILE=/etc/ssl/certs/ca-certificates.crt \
    NODE_EXTRA_CA_CERTS=/etc/ssl/certs/ca-certificates.crt \
    REQUESTS_CA_BUNDLE=/etc/ssl/certs/ca-certificates.crt
ENV TZ=Europe/Berlin
ENV LANG=C.UTF-8 \
    LC_ALL=C.UTF-8
COPY --from=directories --chown=65534:65534 /out/data /data
EXPOSE 4000
USER 65534:65534
HEALTHCHECK --interval=30s --timeout=3s --start-period=10s --retries=3 CMD ["true"]
CMD ["/app/bin/shop", "start"]
