"""Words to values: days, durations, cadences, names, the log line."""
