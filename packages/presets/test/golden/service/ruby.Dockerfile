ARG RUBY_VERSION=3.4

FROM ruby:${RUBY_VERSION}-slim-trixie AS base
RUN apt-get update \
    && apt-get install -y --no-install-recommends libjemalloc2 \
    && rm -rf /var/lib/apt/lists/* /var/cache/apt/*.bin
RUN ln -s /usr/lib/*-linux-gnu/libjemalloc.so.2 /usr/local/lib/libjemalloc.so
ENV BUNDLE_DEPLOYMENT=1 \
    BUNDLE_PATH=/usr/local/bundle \
    BUNDLE_WITHOUT=development:test \
    LD_PRELOAD=/usr/local/lib/libjemalloc.so

FROM base AS build
RUN apt-get update \
    && apt-get install -y --no-install-recommends build-essential git libyaml-dev pkg-config \
    && rm -rf /var/lib/apt/lists/* /var/cache/apt/*.bin
WORKDIR /app
RUN --mount=type=bind,source=Gemfile,target=Gemfile \
    --mount=type=bind,source=Gemfile.lock,target=Gemfile.lock \
    bundle install \
    && rm -rf ~/.bundle /usr/local/bundle/ruby/*/cache /usr/local/bundle/ruby/*/bundler/gems/*/.git
COPY . .
ARG SOURCE_DATE_EPOCH=0
RUN mkdir -p /out/usr/local/bundle \
    && cp -R /usr/local/bundle/. /out/usr/local/bundle/ \
    && cp -R /app /out/ \
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

FROM base
COPY --from=build /out/ /
WORKDIR /app
COPY --from=certificates /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/ca-certificates.crt
ENV SSL_CERT_FILE=/etc/ssl/certs/ca-certificates.crt \
    NODE_EXTRA_CA_CERTS=/etc/ssl/certs/ca-certificates.crt \
    REQUESTS_CA_BUNDLE=/etc/ssl/certs/ca-certificates.crt
ENV TZ=Europe/Berlin
ENV LANG=C.UTF-8 \
    LC_ALL=C.UTF-8
COPY --from=directories --chown=1000:1000 /out/data /data
EXPOSE 3000
USER 1000:1000
HEALTHCHECK --interval=30s --timeout=3s --start-period=10s --retries=3 CMD ["true"]
