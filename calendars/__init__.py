"""The ground floor: time and iCalendar. It knows nothing of bookings, databases or HTTP."""
