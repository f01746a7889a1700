FROM ghcr.io/pnpm/pnpm:11 AS workspace
WORKDIR /src
COPY app/ ./

FROM workspace AS orders
RUN ["pnpm", "--offline", "--filter", "orders", "--prod", "--legacy", "deploy", "/out/orders"]

FROM gcr.io/distroless/nodejs24-debian13:nonroot
WORKDIR /app
ENV NODE_ENV=production
ENV PORT=3002
COPY --from=orders /out/orders ./
EXPOSE 3002
CMD ["index.js"]
