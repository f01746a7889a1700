FROM registry.example.com/mirror/library/busybox:1.37 AS app
RUN echo > /app

FROM registry.example.com/mirror/library/debian:13-slim AS certificates
RUN apt-get update \
    && apt-get install -y --no-install-recommends ca-certificates \
    && rm -rf /var/lib/apt/lists/* /var/cache/apt/*.bin
COPY corp.pem /usr/local/share/ca-certificates/extra/
RUN for file in /usr/local/share/ca-certificates/extra/*; do mv "$file" "${file%.*}.crt"; done \
    && update-ca-certificates

FROM registry.example.com/mirror/gcr.io/distroless/static-debian13:nonroot
COPY --from=app /app /app
COPY --from=certificates /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/ca-certificates.crt
ENV SSL_CERT_FILE=/etc/ssl/certs/ca-certificates.crt \
    NODE_EXTRA_CA_CERTS=/etc/ssl/certs/ca-certificates.crt \
    REQUESTS_CA_BUNDLE=/etc/ssl/certs/ca-certificates.crt
ENV COMPANY=acme
LABEL team=shop
USER 1001:1001
