ARG NODE_VERSION=24

FROM node:${NODE_VERSION}-trixie-slim AS build
WORKDIR /app
ENV CI=true \
    NEXT_TELEMETRY_DISABLED=1
RUN --mount=type=cache,id=npm,target=/root/.npm \
    --mount=type=bind,source=package.json,target=package.json \
    --mount=type=bind,source=package-lock.json,target=package-lock.json \
    npm ci
COPY . .
ARG SOURCE_DATE_EPOCH=0
RUN --mount=type=cache,id=nextjs,target=/app/.next/cache \
    npm run build \
    && mkdir -p /out/app/.next \
    && cp -R .next/standalone/. /out/app/ \
    && cp -R .next/static /out/app/.next/ \
    && cp -R public /out/app/ \
    && find /out -exec touch -h -d "@$SOURCE_DATE_EPOCH" {} +

FROM gcr.io/distroless/nodejs24-debian13:nonroot
ENV NODE_ENV=production \
    PORT=3000 \
    HOSTNAME=0.0.0.0
COPY --from=build /out/ /
WORKDIR /app
EXPOSE 3000
CMD ["server.js"]
