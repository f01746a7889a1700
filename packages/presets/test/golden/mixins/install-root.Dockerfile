FROM debian:13-slim AS packages
RUN mkdir -p /tmp/archives/partial \
    && touch /tmp/status \
    && apt-get update \
    && apt-get install -y --no-install-recommends --download-only -o Dir::State::status=/tmp/status -o Dir::Cache::archives=/tmp/archives libpq5 libxml2 \
    && mkdir -p /root-files/var/lib/dpkg/status.d \
    && for file in /tmp/archives/*.deb; do name=$(dpkg-deb -f "$file" Package); case " libc6 libgcc-s1 gcc-14-base libc-bin " in *" $name "*) continue;; esac; dpkg-deb -x "$file" /root-files || exit 1; dpkg-deb -f "$file" > "/root-files/var/lib/dpkg/status.d/$name"; done \
    && rm -rf /tmp/archives /tmp/status /var/lib/apt/lists/* /var/cache/apt/*.bin

FROM busybox:1.37 AS app
RUN echo > /app

FROM gcr.io/distroless/cc-debian13:nonroot
COPY --from=packages /root-files/ /
COPY --from=app /app /app
