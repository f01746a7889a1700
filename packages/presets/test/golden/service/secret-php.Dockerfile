ARG PHP_VERSION=8.4

FROM composer:2 AS vendor
ENV COMPOSER_CACHE_DIR=/tmp/cache
WORKDIR /out/app
RUN --mount=type=cache,id=composer,target=/tmp/cache \
    --mount=type=bind,source=composer.json,target=composer.json \
    --mount=type=bind,source=composer.lock,target=composer.lock \
    --mount=type=secret,id=netrc,target=/root/.netrc,required=true \
    composer install --no-dev --no-interaction --prefer-dist --no-scripts --no-autoloader --ignore-platform-reqs
COPY . .
ARG SOURCE_DATE_EPOCH=0
RUN composer dump-autoload --no-dev --classmap-authoritative --no-interaction \
    && find /out -exec touch -h -d "@$SOURCE_DATE_EPOCH" {} +

FROM php:${PHP_VERSION}-fpm-trixie
RUN --mount=type=bind,from=mlocati/php-extension-installer:2,source=/usr/bin/install-php-extensions,target=/usr/bin/install-php-extensions \
    install-php-extensions opcache
RUN mv "$PHP_INI_DIR/php.ini-production" "$PHP_INI_DIR/php.ini" \
    && printf '%s\n' 'opcache.enable=1' 'opcache.validate_timestamps=0' 'opcache.memory_consumption=256' 'opcache.max_accelerated_files=20000' > "$PHP_INI_DIR/conf.d/opcache-production.ini"
COPY --from=vendor /out/ /
WORKDIR /app
STOPSIGNAL SIGQUIT
EXPOSE 9000
USER 33:33
CMD ["php-fpm"]
