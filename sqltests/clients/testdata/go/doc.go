// Package clients drives Millrace by Go's clients of PostgreSQL: pgx, lib/pq and GORM.
// It is a module of its own, so that the server does not depend on them.
package clients
