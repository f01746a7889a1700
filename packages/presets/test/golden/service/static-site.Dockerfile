FROM nginxinc/nginx-unprivileged:1.30-alpine AS site
USER 0
WORKDIR /out/usr/share/nginx/html
COPY public/ ./
ARG SOURCE_DATE_EPOCH=0
RUN mkdir -p /out/etc/nginx/conf.d \
    && printf '%s\n' 'server {' '  listen 8080;' '  server_tokens off;' '  root /usr/share/nginx/html;' '  index index.html;' '  location / { try_files $uri $uri.html $uri/ /index.html; }' '  location ~ "\.[0-9a-f]{8,}\." { add_header Cache-Control "public, max-age=31536000, immutable"; try_files $uri =404; }' '}' > /out/etc/nginx/conf.d/default.conf \
    && find /out -exec touch -h -d "@$SOURCE_DATE_EPOCH" {} + \
    && find /out/usr/share/nginx/html -type f -exec sh -c 'for file; do touch -d "@$(($(cksum < "$file" | cut -d " " -f 1) % 1000000000))" "$file"; done' sh {} +

FROM debian:13-slim AS certificates
RUN apt-get update \
    && apt-get install -y --no-install-recommends ca-certificates \
    && rm -rf /var/lib/apt/lists/* /var/cache/apt/*.bin
COPY certs/corp.pem /usr/local/share/ca-certificates/extra/
RUN for file in /usr/local/share/ca-certificates/extra/*; do mv "$file" "${file%.*}.crt"; done \
    && update-ca-certificates

FROM debian:13-slim AS zones
RUN apt-get update \
    && apt-get install -y --no-install-recommends tzdata \
    && rm -rf /var/lib/apt/lists/* /var/cache/apt/*.bin

FROM busybox:1.37 AS directories
RUN mkdir -p /out/data

FROM nginxinc/nginx-unprivileged:1.30-alpine
COPY --from=site /out/ /
COPY --from=certificates /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/ca-certificates.crt
ENV SSL_CERT_FILE=/etc/ssl/certs/ca-certificates.crt \
    NODE_EXTRA_CA_CERTS=/etc/ssl/certs/ca-certificates.crt \
    REQUESTS_CA_BUNDLE=/etc/ssl/certs/ca-certificates.crt
COPY --from=zones /usr/share/zoneinfo /usr/share/zoneinfo
ENV TZ=Europe/Berlin
ENV LANG=C.UTF-8 \
    LC_ALL=C.UTF-8
COPY --from=directories --chown=101:101 /out/data /data
EXPOSE 8080
USER 101:101
STOPSIGNAL SIGQUIT
