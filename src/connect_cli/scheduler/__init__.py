"""Who is due, and today's list. Pure: values in, values out; no clock, no database, no chance."""
