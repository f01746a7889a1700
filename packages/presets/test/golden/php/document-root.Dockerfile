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

FROM dunglas/frankenphp:1-php${PHP_VERSION}-trixie
RUN mv "$PHP_INI_DIR/php.ini-production" "$PHP_INI_DIR/php.ini" \
    && setcap -r /usr/local/bin/frankenphp
COPY --from=vendor /out/ /
WORKDIR /app
ENV SERVER_NAME=:9090 \
    SERVER_ROOT=web \
    XDG_CONFIG_HOME=/tmp/config \
    XDG_DATA_HOME=/tmp/data
EXPOSE 9090
USER 33:33
