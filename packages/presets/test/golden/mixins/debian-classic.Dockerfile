FROM debian:13-slim
RUN apt-get update \
    && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends ca-certificates curl \
    && rm -rf /var/lib/apt/lists/* /var/cache/apt/* /var/log/apt /var/log/dpkg.log
RUN find / -xdev -perm /6000 -type f -exec chmod a-s {} +
RUN groupadd --gid 65532 app \
    && useradd --uid 65532 --gid 65532 --no-log-init --no-create-home --shell /usr/sbin/nologin app
USER 65532:65532
