ARG PHP_VERSION=8.4

FROM composer:2 AS vendor
ENV COMPOSER_CACHE_DIR=/tmp/cache
WORKDIR /out/app
RUN --mount=type=cache,id=composer,target=/tmp/cache \
    --mount=type=bind,source=composer.json,target=composer.json \
    --mount=type=bind,source=composer.lock,target=composer.lock \
    composer install --no-dev --no-interaction --prefer-dist --no-scripts --no-autoloader --ignore-platform-reqs
COPY . .
ARG SOURCE_DATE_EPOCH=0
RUN composer dump-autoload --no-dev --classmap-authoritative --no-interaction \
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

FROM debian:13-slim AS tini
RUN apt-get update \
    && apt-get install -y --no-install-recommends tini \
    && rm -rf /var/lib/apt/lists/* /var/cache/apt/*.bin

FROM php:${PHP_VERSION}-fpm-trixie
RUN --mount=type=bind,from=mlocati/php-extension-installer:2,source=/usr/bin/install-php-extensions,target=/usr/bin/install-php-extensions \
    install-php-extensions opcache
RUN mv "$PHP_INI_DIR/php.ini-production" "$PHP_INI_DIR/php.ini" \
    && printf '%s\n' 'opcache.enable=1' 'opcache.validate_timestamps=0' 'opcache.memory_consumption=256' 'opcache.max_accelerated_files=20000' > "$PHP_INI_DIR/conf.d/opcache-production.ini"
COPY --from=vendor /out/ /
WORKDIR /app
STOPSIGNAL SIGQUIT
COPY --from=certificates /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/ca-certificates.crt
ENV SSL_CERT_FILE=/etc/ssl/certs/ca-certificates.crt \
    NODE_EXTRA_CA_CERTS=/etc/ssl/certs/ca-certificates.crt \
    REQUESTS_CA_BUNDLE=/etc/ssl/certs/ca-certificates.crt
ENV TZ=Europe/Berlin
ENV LANG=C.UTF-8 \
    LC_ALL=C.UTF-8
COPY --from=directories --chown=33:33 /out/data /data
EXPOSE 9000
USER 33:33
HEALTHCHECK --interval=30s --timeout=3s --start-period=10s --retries=3 CMD ["true"]
COPY --from=tini /usr/bin/tini-static /sbin/tini
ENTRYPOINT ["/sbin/tini", "--", "docker-php-entrypoint"]
CMD ["php-fpm"]
