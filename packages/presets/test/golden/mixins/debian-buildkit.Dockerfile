FROM debian:13-slim
RUN --mount=type=cache,target=/var/cache/apt,sharing=locked \
    --mount=type=cache,target=/var/lib/apt,sharing=locked \
    rm -f /etc/apt/apt.conf.d/docker-clean \
    && apt-get update \
    && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends ca-certificates curl
RUN find / -xdev -perm /6000 -type f -exec chmod a-s {} +
RUN groupadd --gid 65532 app \
    && useradd --uid 65532 --gid 65532 --no-log-init --no-create-home --shell /usr/sbin/nologin app
USER 65532:65532
