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
COPY lib ./lib
RUN mix compile
ARG SOURCE_DATE_EPOCH=0
RUN mix release --path /out/app shop \
    && find /out -exec touch -h -d "@$SOURCE_DATE_EPOCH" {} +

FROM build AS test
ENV MIX_ENV=test
COPY . .
RUN mix deps.get
RUN mix test

FROM debian:${DEBIAN_VERSION}-slim
RUN apt-get update \
    && apt-get install -y --no-install-recommends ca-certificates libncurses6 libstdc++6 openssl \
    && rm -rf /var/lib/apt/lists/* /var/cache/apt/*.bin
ENV LANG=C.UTF-8 \
    MIX_ENV=prod
COPY --from=test /out/ /
WORKDIR /app
EXPOSE 4000
USER 65534:65534
CMD ["/app/bin/shop", "start"]
