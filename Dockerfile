# One image for web, worker and beat; it runs as an ordinary account and holds no secret.
FROM python:3.11-slim AS build
WORKDIR /app
COPY requirements/prod.txt requirements/prod.txt
RUN python -m venv /venv && /venv/bin/pip install --no-cache-dir --require-hashes -r requirements/prod.txt

FROM python:3.11-slim
RUN useradd --system --uid 10001 --home-dir /app --shell /usr/sbin/nologin maillage \
 && mkdir -p /app /data/media /data/journal /data/archive && chown -R maillage /data
WORKDIR /app
COPY --from=build /venv /venv
COPY . .
ENV PATH=/venv/bin:$PATH PYTHONPATH=/app:/app/site PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 \
    DJANGO_SETTINGS_MODULE=maillage.settings.prod MAILLAGE_VAR=/data
# The key exists during these two commands only: neither touches a signature.
RUN SECRET_KEY=build-time-only-not-kept-anywhere-and-long-enough-to-pass SITE_URL=https://build.invalid \
    sh -c 'python manage.py catalogues --compile && python manage.py collectstatic --noinput --clear' \
 && mv /data/static /app/static-built && ln -s /app/static-built /data/static && chown -h maillage /data/static
USER maillage
EXPOSE 8000
CMD ["gunicorn", "maillage.wsgi:application", "--bind", "0.0.0.0:8000", "--workers", "2", "--threads", "2", "--access-logfile", "-"]
