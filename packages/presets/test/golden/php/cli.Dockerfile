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

FROM php:${PHP_VERSION}-cli-trixie
RUN mv "$PHP_INI_DIR/php.ini-production" "$PHP_INI_DIR/php.ini"
COPY --from=vendor /out/ /
WORKDIR /app
USER 33:33
CMD ["php", "bin/worker.php"]
