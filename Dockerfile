# The image of DX案内: the same steps as `make install`, a user without rights, a tree that is only read.
FROM python:3.13-slim AS build
WORKDIR /app
RUN apt-get update && apt-get install -y --no-install-recommends make && rm -rf /var/lib/apt/lists/*
COPY Makefile pyproject.toml requirements.lock README.md LICENSE ./
COPY admin admin
COPY bot bot
COPY knowledge knowledge
RUN make install slim PYTHON=python3 && rm Makefile

FROM python:3.13-slim
RUN useradd --system --uid 10001 --home-dir /data --create-home annai
COPY --from=build --chown=root:root /app /app
WORKDIR /data
USER annai
ENV ANNAI_PUBLIC_HOST=0.0.0.0 ANNAI_ADMIN_HOST=0.0.0.0 PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1
VOLUME /data
EXPOSE 8000 8001
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s CMD ["/app/.venv/bin/annai", "doctor", "--quick"]
CMD ["/app/.venv/bin/annai", "serve"]
