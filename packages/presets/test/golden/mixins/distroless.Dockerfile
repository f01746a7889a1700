FROM busybox:1.37 AS app
RUN echo > /app

FROM debian:13-slim AS certificates
RUN apt-get update \
    && apt-get install -y --no-install-recommends ca-certificates \
    && rm -rf /var/lib/apt/lists/* /var/cache/apt/*.bin
COPY corp.pem /usr/local/share/ca-certificates/extra/
RUN for file in /usr/local/share/ca-certificates/extra/*; do mv "$file" "${file%.*}.crt"; done \
    && update-ca-certificates

FROM busybox:1.37 AS directories
RUN mkdir -p /out/data /out/cache

FROM debian:13-slim AS tini
RUN apt-get update \
    && apt-get install -y --no-install-recommends tini \
    && rm -rf /var/lib/apt/lists/* /var/cache/apt/*.bin

FROM gcr.io/distroless/static-debian13:nonroot
COPY --from=app /app /app
COPY --from=certificates /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/ca-certificates.crt
ENV SSL_CERT_FILE=/etc/ssl/certs/ca-certificates.crt \
    NODE_EXTRA_CA_CERTS=/etc/ssl/certs/ca-certificates.crt \
    REQUESTS_CA_BUNDLE=/etc/ssl/certs/ca-certificates.crt
ENV TZ=Europe/Berlin
ENV LANG=C.UTF-8 \
    LC_ALL=C.UTF-8
COPY --from=directories --chown=65532:65532 /out/data /data
COPY --from=directories --chown=65532:65532 /out/cache /cache
COPY --from=tini /usr/bin/tini-static /sbin/tini
ENTRYPOINT ["/sbin/tini", "--", "/app"]
LABEL org.opencontainers.image.title=app \
      org.opencontainers.image.version=1.0.0 \
      org.opencontainers.image.licenses=Apache-2.0
