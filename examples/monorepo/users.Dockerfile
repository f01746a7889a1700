FROM ghcr.io/pnpm/pnpm:11 AS workspace
WORKDIR /src
COPY app/ ./

FROM workspace AS users
RUN ["pnpm", "--offline", "--filter", "users", "--prod", "--legacy", "deploy", "/out/users"]

FROM gcr.io/distroless/nodejs24-debian13:nonroot
WORKDIR /app
ENV NODE_ENV=production
ENV PORT=3001
COPY --from=users /out/users ./
EXPOSE 3001
CMD ["index.js"]
